/** Names, those first that others refer to; a table's reference to itself does not count. */
export function inOrder(names: string[], referredBy: (name: string) => string[]): string[] {
  const ordered = new Set<string>();
  const place = (name: string): void => {
    if (ordered.has(name)) return;
    for (const other of referredBy(name)) if (other !== name) place(other);
    ordered.add(name);
  };
  names.toSorted().forEach(place);
  return [...ordered];
}
