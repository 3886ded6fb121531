/** Says what is wrong with a value as an object of free keys, at most `maxBytes` as JSON; undefined when nothing is. */
export function boundedObject(maxBytes: number): (value: unknown) => string | undefined {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
    return Buffer.byteLength(JSON.stringify(value)) > maxBytes
      ? `must be at most ${maxBytes} bytes as JSON`
      : undefined;
  };
}
