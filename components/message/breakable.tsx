import { Fragment } from "react";

/** Letters without a space that a browser lays out in no time; for many more it takes the square of their number. */
const LONGEST = 400;

/** Text in which a word of any length may break, cheaply. */
export function Breakable({ text }: { text: string }) {
  if (text.length <= LONGEST || !/\S{400}/.test(text)) return text;
  return text.split(/(\S{400,})/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts are only added at the end
    <Fragment key={index}>{index % 2 === 0 ? part : <LongWord word={part} />}</Fragment>
  ));
}

function LongWord({ word }: { word: string }) {
  return word.match(/.{1,40}/gsu)?.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece is known by its place
    <Fragment key={index}>
      {piece}
      <wbr />
    </Fragment>
  ));
}
