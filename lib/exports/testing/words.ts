/** The words of an export in English. */
export const WORDS = {
  untitled: "Untitled",
  question: "You",
  answer: "AI",
  picture: "Picture",
  document: "Document",
  tool: "Tool",
};
