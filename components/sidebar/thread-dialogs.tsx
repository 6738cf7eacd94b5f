import {
  type ComponentType,
  createContext,
  type ReactNode,
  use,
  useCallback,
  useMemo,
  useState,
} from "react";
import { useOnDemand } from "@/components/ui/on-demand";

/** Opens the dialog for the conversation of this id. */
type Opener = (threadId: string) => void;

const loadShare = async () => (await import("@/components/share/share-dialog")).ShareDialog;
const loadExport = async () => (await import("@/components/transfer/export-dialog")).ExportDialog;

const Openers = createContext<{ openShare: Opener; openExport: Opener } | null>(null);

/**
 * The dialogs of the list's conversations. They stand outside of the list, because it is drawn anew where the window
 * crosses a phone's width, and rows leave it, while somebody still chooses in one.
 */
export function ThreadDialogs({ children }: { children: ReactNode }) {
  const [openShare, shareDialog] = useThreadDialog(loadShare);
  const [openExport, exportDialog] = useThreadDialog(loadExport);
  const openers = useMemo(() => ({ openShare, openExport }), [openShare, openExport]);
  return (
    <Openers value={openers}>
      {children}
      {shareDialog}
      {exportDialog}
    </Openers>
  );
}

/** Throws outside of ThreadDialogs. */
export function useThreadDialogs() {
  const openers = use(Openers);
  if (!openers) throw new Error("A conversation's menu stands within ThreadDialogs.");
  return openers;
}

type DialogView = ComponentType<{ threadId: string; open: boolean; onClose: () => void }>;

function useThreadDialog(load: () => Promise<DialogView>): [Opener, ReactNode] {
  const { View, ask } = useOnDemand(load);
  const [threadId, setThreadId] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const openFor = useCallback(
    async (id: string) => {
      setThreadId(id);
      setOpen(await ask());
    },
    [ask],
  );
  const dialog = View && threadId && (
    <View key={threadId} threadId={threadId} open={open} onClose={() => setOpen(false)} />
  );
  return [openFor, dialog];
}
