/**
 * A page from the server is at its end before it is first painted, long before our code runs, and stays there while
 * fonts come in and what stands below takes its room, until the person moves or our code takes over. Stands in the
 * scrolling element, after its text.
 */
const CODE = `{
const s=document.currentScript.parentElement;
const end=()=>{s.scrollTop=s.scrollHeight};
end();
const grown=new ResizeObserver(end);
grown.observe(s.firstElementChild);
grown.observe(s);
s.leaveEnd=()=>grown.disconnect();
for(const moved of ["wheel","touchmove","pointerdown","keydown"])
s.addEventListener(moved,()=>{s.leaveEnd();s.dataset.moved=""},{once:true,passive:true})
}`;

export function EndScript({ nonce }: { nonce: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: CODE }} />;
}

/** Ends what the script does; true when the person has moved meanwhile. */
export function takeOver(scroller: HTMLElement & { leaveEnd?: () => void }): boolean {
  scroller.leaveEnd?.();
  return scroller.dataset.moved !== undefined;
}
