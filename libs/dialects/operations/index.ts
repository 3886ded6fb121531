export { type Count, type CountRequest, FREE } from './count-tokens/count.js';
export type {
  Load,
  OperationAnswer,
  OperationDialect,
  OperationDialectId,
  OperationRequest,
  OperationTarget,
  OperationUsage,
} from './operation.js';
export { operationDialects } from './table.js';
