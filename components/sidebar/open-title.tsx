import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useThreadList } from "@/lib/client/thread-list";
import { useThreadView } from "@/lib/client/threads";
import { useOpenThreadId } from "./use-open-thread-id";

/** The title of what is on the screen. */
export function OpenTitle() {
  const t = useTranslations();
  const id = useOpenThreadId();
  const path = usePathname();
  if (id) return <ThreadTitle id={id} />;
  return t(PAGES.find(([page]) => path?.startsWith(page))?.[1] ?? "sidebar.newChat");
}

const PAGES = [
  ["/pictures", "pictures.title"],
  ["/shares", "share.allShares"],
  ["/your-data", "transfer.title"],
  ["/admin/shares", "share.admin.title"],
  ["/continue/", "share.continue.title"],
] as const;

/** The page's heading for screen readers; a new chat has its own, and so has the page of a thread that is not there. */
export function ThreadHeading() {
  const id = useOpenThreadId();
  return id ? <Heading id={id} /> : null;
}

function Heading({ id }: { id: string }) {
  const { started } = useThreadView(id);
  if (!started) return null;
  return (
    <h1 className="sr-only">
      <ThreadTitle id={id} />
    </h1>
  );
}

/** Where neither the list nor the page knows it, it is not there. The list knows it first; one that is older than what the list has loaded, its page knows. */
function ThreadTitle({ id }: { id: string }) {
  const t = useTranslations("sidebar");
  const listed = useThreadList().threads.find((thread) => thread.id === id);
  const { title, started } = useThreadView(id);
  if (!listed && !started) return t("missing");
  return listed?.title || title || t("untitled");
}
