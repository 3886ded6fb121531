export const apiTexts = {
  failed: 'That did not work',
  answered: (status: number) => `The server answered ${status}.`,
  unreachable: 'The server cannot be reached. Check your connection, then try again.',
};
