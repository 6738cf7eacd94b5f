import { ChatScreen } from "@/components/thread/chat-screen";
import { environment } from "@/lib/platform/environment";

/** A new conversation. */
export default function NewThreadPage() {
  return <ChatScreen demo={environment().provider.demo} nonce={null} />;
}
