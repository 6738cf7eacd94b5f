/** What went wrong, said by screen readers at once. */
export function Trouble({ text }: { text: string | null }) {
  return (
    <div role="alert" className="empty:hidden">
      {text && <p className="rounded-sm border border-danger px-3 py-2 text-danger text-sm">{text}</p>}
    </div>
  );
}
