import { useState } from "react";
import { useDrawn } from "./drawn";
import { useLiveMarkdown } from "./markdown/live";

interface Props {
  messageId: string;
  text: string;
  running: boolean;
}

/**
 * The Markdown of an answer: as the server drew it while it says the same, else drawn here. What is to be drawn here
 * for the first time in this tab shows as it was, or as it is written, until the means for it have come.
 */
export function AnswerText({ messageId, text, running }: Props) {
  const drawn = useDrawn(messageId);
  const [live, setLive] = useState(false);
  const wanted = live || running || drawn?.length !== text.length;
  // What grew here is not given back to the server's drawing, though that may be the same.
  if (wanted && !live) setLive(true);
  const Markdown = useLiveMarkdown(wanted);
  if (wanted && Markdown) return text && <Markdown text={text} streaming={running} />;
  if (drawn) return text && drawn.node;
  return text && <div className="md whitespace-pre-wrap">{text}</div>;
}
