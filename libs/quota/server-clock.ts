/**
 * What a script takes for the time: '' is Redis's own clock, which all gateways share. Only tests give milliseconds, since
 * the clock of a real Redis cannot be turned.
 */
export type ServerClock = () => number | '';

export const redisClock: ServerClock = () => '';
