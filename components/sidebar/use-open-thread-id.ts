import { usePathname } from "next/navigation";

/** The id of the thread on the screen; null for a new chat. */
export const useOpenThreadId = (): string | null => /^\/t\/([^/]+)/.exec(usePathname() ?? "")?.[1] ?? null;
