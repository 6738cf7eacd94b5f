const QUIET_MS = 1500;
const LINE_EVERY_MS = 5000;
const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

const live = process.stdout.isTTY && !process.env.CI;

/**
 * Does the work and says so as soon as it takes longer than a moment: on a terminal as one line that moves,
 * elsewhere as a plain line every few seconds. `work` gets a function that tells how far it is.
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = Date.now();
  const line = live ? liveLine(title, started) : plainLines(title, started);
  try {
    const result = await work(line.note);
    line.end(`${title}: done in ${seconds(started)}`);
    return result;
  } catch (error) {
    line.end(`${title}: failed after ${seconds(started)}`);
    throw error;
  }
}

function liveLine(title, started) {
  let detail = "";
  let frame = 0;
  let shown = false;
  const timer = setInterval(() => {
    if (Date.now() - started < 300) return;
    shown = true;
    const text = `${FRAMES[frame++ % FRAMES.length]} ${title} (${seconds(started)}) ${detail}`;
    process.stdout.write(`\r\x1b[2K${text.slice(0, (process.stdout.columns || 80) - 1)}`);
  }, 100);
  return {
    note: (text) => {
      detail = text;
    },
    end(text) {
      clearInterval(timer);
      if (shown) process.stdout.write("\r\x1b[2K");
      if (Date.now() - started > QUIET_MS) console.log(text);
    },
  };
}

function plainLines(title, started) {
  let detail = "";
  let timer = setTimeout(say, QUIET_MS);
  function say() {
    console.log(`${title} … ${seconds(started)}${detail && ` (${detail})`}`);
    timer = setTimeout(say, LINE_EVERY_MS);
  }
  return {
    note: (text) => {
      detail = text;
    },
    end(text) {
      clearTimeout(timer);
      if (Date.now() - started > QUIET_MS) console.log(text);
    },
  };
}

/** "0.4 s", "12 s" */
export function seconds(started, now = Date.now()) {
  const elapsed = (now - started) / 1000;
  return `${elapsed < 10 ? elapsed.toFixed(1) : Math.round(elapsed)} s`;
}
