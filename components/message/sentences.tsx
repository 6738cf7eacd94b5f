import type { ReactNode } from "react";
import type { ProblemInfo } from "@/lib/client/api";
import type { Failure } from "@/lib/messages/message";
import { useFailureSentence, useProblemSentence } from "../ui/sentences";

interface FailureProps {
  failure: Failure;
  /** Some of the answer had come. */
  kept: boolean;
  /** It ended well enough. */
  quiet: boolean;
}

/** Why an answer failed. */
export function FailureSentence({ failure, kept, quiet }: FailureProps) {
  const sentence = useFailureSentence()(failure, kept);
  return quiet ? <p className="text-sm text-muted">{sentence}</p> : <Alert>{sentence}</Alert>;
}

/** Why the server did not take what was sent. */
export function ProblemSentence({ problem }: { problem: ProblemInfo }) {
  return <Alert>{useProblemSentence()(problem)}</Alert>;
}

const Alert = ({ children }: { children: ReactNode }) => (
  <p role="alert" className="flex gap-2.5 text-start text-sm text-danger">
    <span aria-hidden="true" className="w-0.75 shrink-0 rounded-full bg-danger" />
    {children}
  </p>
);
