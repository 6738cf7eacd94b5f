/** The item that a key moves to, from the one that has the focus; null for a key that moves nowhere. */
export function itemFor(key: string, menu: HTMLElement): HTMLElement | null {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (key === "Home") return items[0] ?? null;
  if (key === "End") return items.at(-1) ?? null;
  if (key === "ArrowDown") return items[(at + 1) % items.length] ?? null;
  if (key === "ArrowUp") return items.at(at > 0 ? at - 1 : -1) ?? null;
  if (key.length !== 1 || key === " ") return null;
  const letter = key.toLocaleLowerCase();
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return after.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(letter)) ?? null;
}
