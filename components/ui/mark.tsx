/** A line of wind that meets a sail. In the text's colour, one em high unless told. */
export function Mark({ className = "size-[1em]" }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={className}>
      <path
        d="M12.75 2.25c4.6 3.9 7.5 8.6 8.25 14.25h-8.25z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth="1"
        strokeLinejoin="round"
      />
      <path
        d="M2 9.75h4.2a2.4 2.4 0 1 0-2.3-3.1M2 13.75h8M3.25 20c2.4 1.7 4.7 1.7 7.1 0s4.7-1.7 7.1 0c1.2.8 2.3 1.2 3.5 1.25"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
    </svg>
  );
}
