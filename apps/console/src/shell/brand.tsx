/** A barrier, half open. */
export function Brand() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden>
      <rect width="24" height="24" rx="6" fill="#3b5bdb" />
      <path
        d="M6 18V7.5M6 9.5l11.5-3v3L6 12.5M18 18v-4.5"
        fill="none"
        stroke="#fff"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
