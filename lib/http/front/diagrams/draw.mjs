// Runs in the sandboxed frame in which diagrams are drawn (index.ts): an origin of its own, no network, no storage.
// MERMAID, its address, is defined by the page before this. Hears { id, source, dark } from the page, answers { id, svg, width, height } or { id, failed }.
const { default: mermaid } = await import(MERMAID);

const FONT = "ui-sans-serif, system-ui, sans-serif";
const LIGHT = {
  background: "#ffffff",
  primaryColor: "#edf4f4",
  primaryTextColor: "#16242b",
  primaryBorderColor: "#7d9296",
  lineColor: "#52666c",
  textColor: "#16242b",
};
const DARK = {
  background: "#151d22",
  primaryColor: "#233238",
  primaryTextColor: "#e6edef",
  primaryBorderColor: "#6d8389",
  lineColor: "#9aaeb3",
  textColor: "#e6edef",
};

let theme;

function prepare(dark) {
  if (theme === dark) return;
  theme = dark;
  const config = {
    startOnLoad: false,
    securityLevel: "strict",
    htmlLabels: false,
    suppressErrorRendering: true,
    deterministicIds: true,
    maxTextSize: 20_000,
    maxEdges: 400,
    fontFamily: FONT,
    theme: "base",
    themeVariables: {
      ...(dark ? DARK : LIGHT),
      darkMode: dark,
      dropShadow: "none",
      fontFamily: FONT,
      fontSize: "15px",
    },
  };
  // What a diagram says of its own settings is taken out before; and were it not, none of these could be changed.
  mermaid.initialize({
    ...config,
    secure: [...Object.keys(config), "secure", "themeCSS", "dompurifyConfig"],
  });
}

async function draw({ id, source, dark }) {
  prepare(dark);
  const place = document.body.appendChild(document.createElement("div"));
  try {
    const { svg } = await mermaid.render(`d${id}`, source, place);
    place.innerHTML = svg;
    const image = place.querySelector("svg");
    const { width, height } = image.viewBox.baseVal;
    image.setAttribute("width", width);
    image.setAttribute("height", height);
    image.style.maxWidth = "";
    image.style.background = "none";
    return { id, svg: new XMLSerializer().serializeToString(image), width, height };
  } catch {
    return { id, failed: true };
  } finally {
    document.body.replaceChildren();
  }
}

let last = Promise.resolve();
addEventListener("message", ({ source, data }) => {
  if (source !== parent) return;
  // One after the other: the library keeps what it knows of a diagram in one place.
  last = last.then(async () => parent.postMessage(await draw(data), "*"));
});
parent.postMessage({ ready: true }, "*");
