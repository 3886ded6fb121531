export type * from './event.js';
export { Fold, foldEvents } from './fold.js';
export type * from './request.js';
export type * from './response.js';
export { eventsOf } from './unfold.js';
export type * from './upstream-error.js';
export { type Droppable, unknownTo, wireName } from './wire-names.js';
