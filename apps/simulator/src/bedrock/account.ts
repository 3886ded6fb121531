/** The one account that the simulated AWS knows. No secret: whoever runs the simulator may use it. */
export const ACCOUNT = {
  accessKeyId: 'AKIASIMULATED0000001',
  secretAccessKey: 'simulated-secret-access-key-0000000000001',
} as const;
