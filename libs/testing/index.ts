export {
  type TestDatabase,
  type TestDatabaseOptions,
  type TestRedis,
  type TestRedisOptions,
  testDatabase,
  testRedis,
} from './services.js';
export {
  SIMULATED_AWS,
  type SimulatedCall,
  type SimulatedFault,
  type SimulatedFaultPosting,
  type SimulatedProvider,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from './simulator.js';
export { testCluster } from './test-cluster.js';
export { usageEvent } from './usage-events.js';
