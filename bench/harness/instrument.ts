/** What the measured page carries as `window.bench`. Times are milliseconds since its navigation began. */
export interface PageBench {
  /** When the last click happened. */
  click: number;
  /** Duration of each task of 50 ms or more. */
  longTasks: number[];
  /** From now on, looks out for `count` more texts with this word. */
  watch(word: string, count: number): void;
  /** When the last of them stood on the screen. */
  painted(word: string): Promise<number>;
}

export interface Wanted {
  word: string;
  count: number;
}

/**
 * Runs in the page before its own code, so it may use nothing from outside. A text counts as painted at the end
 * of the frame after the change that brought it, if it is visible and inside the window.
 */
export function instrument(wanted: Wanted | null): void {
  interface Search extends PromiseWithResolvers<number> {
    count: number;
    before: Set<Text>;
    found: Set<Text>;
    looking: boolean;
  }
  const searches = new Map<string, Search>();
  const bench: PageBench = {
    click: 0,
    longTasks: [],
    watch: (word, count) => {
      const before = new Set(document.body ? textsWith(document.body, word) : []);
      searches.set(word, {
        count,
        before,
        found: new Set(),
        looking: true,
        ...Promise.withResolvers<number>(),
      });
    },
    painted: (word) => searches.get(word)?.promise ?? Promise.reject(new Error(`${word} is not watched`)),
  };
  Object.assign(window, { bench });
  if (wanted) bench.watch(wanted.word, wanted.count);

  addEventListener("click", (event) => Object.assign(bench, { click: event.timeStamp }), true);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.longTasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "characterData") look(target);
      else for (const node of addedNodes) look(node);
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });

  function look(node: Node): void {
    for (const [word, search] of searches) {
      if (!search.looking || !node.textContent?.includes(word)) continue;
      for (const text of textsWith(node, word)) if (!search.before.has(text)) search.found.add(text);
      if (search.found.size >= search.count) requestAnimationFrame(() => inFrame(word, search));
    }
  }

  function inFrame(word: string, search: Search): void {
    if (!search.looking) return;
    const here = [...search.found].filter((text) => text.isConnected);
    const last = here.at(-1);
    if (here.length < search.count || !last || !isReadable(last, word)) {
      requestAnimationFrame(() => inFrame(word, search));
      return;
    }
    search.looking = false;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => search.resolve(performance.now());
    port2.postMessage(null);
  }

  /** Texts of the page that hold the word: no scripts, nothing typed, nothing that only a screen reader says. */
  function textsWith(root: Node, word: string): Text[] {
    const texts: Text[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = root instanceof Text ? root : walker.nextNode(); node; node = walker.nextNode()) {
      const text = node as Text;
      if (!text.data.includes(word)) continue;
      if (!text.parentElement?.closest("head, script, style, template, textarea, [role=status]"))
        texts.push(text);
    }
    return texts;
  }

  function isReadable(text: Text, word: string): boolean {
    if (!text.parentElement?.checkVisibility()) return false;
    const range = document.createRange();
    const at = text.data.lastIndexOf(word);
    range.setStart(text, at);
    range.setEnd(text, at + word.length);
    const { top, bottom, width } = range.getBoundingClientRect();
    return width > 1 && top >= 0 && bottom <= innerHeight;
  }
}
