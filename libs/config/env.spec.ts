import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, VARIABLES, type VariableName } from './index.js';

describe('the environment', () => {
  it('has defaults for all that needs none', () => {
    expect(readConfig(['gatewayPort', 'host', 'logLevel'], {})).toEqual({
      gatewayPort: 8080,
      host: '127.0.0.1',
      logLevel: 'info',
    });
  });
  it.each<[VariableName, string]>([
    ['gatewayPort', '70000'],
    ['gatewayPort', '80x'],
    ['databaseUrl', 'mysql://x'],
    ['redisUrl', ''],
    ['logLevel', 'loud'],
    ['allowPrivateUpstreams', 'yes'],
  ])('a wrong %s (%s) is one line that names the variable', (name, value) => {
    const read = (): unknown => readConfig([name], { [VARIABLES[name].name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^${VARIABLES[name].name} [^\\n]+$`));
  });
});
