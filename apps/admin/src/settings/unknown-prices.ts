/** What becomes of calls to a model of which nobody knows a price. */
export const UNKNOWN_PRICES = ['refuse', 'book-zero'] as const;
