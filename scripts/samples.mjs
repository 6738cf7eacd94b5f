import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import sharp from "sharp";

// Draws the sample pictures of the empty state: `node scripts/samples.mjs`. They are in git, so this is only run
// to change them. Fonts are this computer's; names, numbers and the boatyard are made up.

const FOLDER = resolve(import.meta.dirname, "../public/samples");
const INK = "#1d2a30";
const MUTED = "#5b6a71";
const TEAL = "#0f6b73";
const LINE = "#cfd8db";
const SANS = "DejaVu Sans, Liberation Sans, Arial, sans-serif";

await mkdir(FOLDER, { recursive: true });
await draw("invoice.png", invoice());
await draw("harbour-visits.png", chart());

/** A picture of at most 64 colours: drawings need no more, and it stays below 60 KB. */
async function draw(name, svg) {
  const { size } = await sharp(Buffer.from(svg))
    .flatten({ background: "#fff" })
    .png({ palette: true, colours: 64, effort: 10, compressionLevel: 9 })
    .toFile(join(FOLDER, name));
  console.log(`${name}: ${(size / 1024).toFixed(1)} KB`);
}

function invoice() {
  const items = [
    ["Hauling out and launching, 9.4 m yacht", "1", "380.00"],
    ["Hull cleaning and two coats of antifouling", "1", "642.50"],
    ["Replacement of shaft anode", "2", "57.80"],
    ["Rigging check with report", "1", "165.00"],
    ["Winter storage, hall, November to March", "5", "720.00"],
  ];
  const rows = items.map(([what, count, price], index) => {
    const y = 566 + index * 44;
    return [
      text(80, y, what),
      text(640, y, count, { anchor: "end" }),
      text(820, y, `€ ${price}`, { anchor: "end" }),
      line(80, y + 16, 820),
    ].join("");
  });
  return page(
    900,
    1150,
    [
      `<path d="M80 128 L80 66 Q118 92 124 128 Z" fill="${TEAL}"/>`,
      `<path d="M66 138 Q96 156 138 138" fill="none" stroke="${TEAL}" stroke-width="5" stroke-linecap="round"/>`,
      text(160, 100, "Bootswerft Hinrichs", { size: 28, weight: 700 }),
      text(160, 128, "Am Alten Hafen 12 · 25946 Norddorf", { size: 15, fill: MUTED }),
      text(80, 226, "Ms Marta Lindqvist"),
      text(80, 252, "Lotsenweg 3"),
      text(80, 278, "24159 Kiel"),
      text(820, 226, "Invoice no. 2026-0417", { anchor: "end", weight: 700 }),
      text(820, 252, "Date: 4 May 2026", { anchor: "end" }),
      text(820, 278, "Customer: 10283", { anchor: "end" }),
      text(80, 372, "Invoice", { size: 30, weight: 700 }),
      text(80, 414, "Yacht “Seeschwalbe”, work from 2 November 2025 to 30 April 2026."),
      text(80, 440, "Thank you for your trust. We charge for our services as follows:"),
      text(80, 512, "Service", { size: 15, fill: MUTED }),
      text(640, 512, "Quantity", { size: 15, fill: MUTED, anchor: "end" }),
      text(820, 512, "Amount", { size: 15, fill: MUTED, anchor: "end" }),
      line(80, 528, 820, INK),
      ...rows,
      ...sum(820, "Net", "€ 1,965.30"),
      ...sum(852, "VAT 19 %", "€ 373.41"),
      ...sum(892, "Total", "€ 2,338.71", 700),
      text(80, 968, "Please pay by 25 May 2026. With payment before 14 May you may deduct 2 %."),
      text(80, 994, "Please give the invoice number with your transfer."),
      line(80, 1052, 820),
      text(80, 1080, "Bootswerft Hinrichs · Owner: Okke Hinrichs · VAT no. made up for this sample", {
        size: 14,
        fill: MUTED,
      }),
      text(80, 1102, "IBAN DE00 0000 0000 0000 0000 00 · Hall 2, slipway, office hours 8–16", {
        size: 14,
        fill: MUTED,
      }),
    ].join(""),
  );
}

function sum(y, label, amount, weight = 400) {
  return [text(640, y, label, { anchor: "end", weight }), text(820, y, amount, { anchor: "end", weight })];
}

function chart() {
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const visits = [41, 38, 96, 214, 385, 512, 688, 731, 402, 187, 63, 44];
  const [bottom, height, most] = [520, 380, 800];
  const y = (count) => bottom - (count / most) * height;
  const grid = [0, 200, 400, 600, 800].map((count) =>
    [
      line(110, y(count), 900, LINE),
      text(96, y(count) + 5, count, { size: 15, fill: MUTED, anchor: "end" }),
    ].join(""),
  );
  const bars = visits.map((count, index) => {
    const x = 124 + index * 65;
    return [
      `<rect x="${x}" y="${y(count)}" width="44" height="${bottom - y(count)}" rx="4" fill="${count === 731 ? TEAL : "#7fb3b8"}"/>`,
      text(x + 22, y(count) - 9, count, { size: 14, fill: MUTED, anchor: "middle" }),
      text(x + 22, bottom + 26, months[index], { size: 15, anchor: "middle" }),
    ].join("");
  });
  return page(
    960,
    620,
    [
      text(60, 62, "Guest boats in Norddorf harbour, 2025", { size: 26, weight: 700 }),
      text(60, 92, "Overnight visits per month, counted by the harbour master", { size: 16, fill: MUTED }),
      ...grid,
      ...bars,
      text(60, 596, "Total: 3,401 visits · Footbridge closed for repair from 8 to 26 September", {
        size: 15,
        fill: MUTED,
      }),
    ].join(""),
  );
}

function page(width, height, content) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${content}</svg>`;
}

function line(x1, y, x2, stroke = LINE) {
  return `<path d="M${x1} ${y}H${x2}" stroke="${stroke}" stroke-width="1.5"/>`;
}

function text(x, y, words, { size = 18, fill = INK, weight = 400, anchor = "start" } = {}) {
  return `<text x="${x}" y="${y}" font-family="${SANS}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${words}</text>`;
}
