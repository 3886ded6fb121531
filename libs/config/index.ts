export { type Config, ConfigError, type Environment, readConfig, VARIABLES, type VariableName } from './env.js';
