/** A call's id where only `[a-zA-Z0-9_-]` is taken; providers' ids may hold more. Same id in, same id out. */
export const safeId = (id: string): string =>
  id.replaceAll(/[^a-zA-Z0-9_-]/g, (char) => `_${char.codePointAt(0)?.toString(16)}`);
