/** What the file dialog offers beside pictures; whether a file is read is seen when it is. */
export const DOCUMENT_FILE_TYPES =
  "text/*,.pdf,.docx,.txt,.md,.csv,.tsv,.json,.xml,.yaml,.yml,.toml,.ini,.log,.html,.css,.js,.jsx,.ts,.tsx,.py,.rb,.go,.rs,.java,.kt,.swift,.c,.h,.cpp,.cs,.php,.sh,.sql,.tex";
