import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/next-path";
import { currentPerson } from "@/lib/http/person";

/**
 * Where shared files go. The browser itself takes them and leads elsewhere (public/share-worker.js): whoever gets here
 * shared something that was not taken, and is told so in a new conversation.
 */
export default async function ShareTargetPage(): Promise<never> {
  redirect((await currentPerson()) ? "/?shared=missed" : signInPath("/share-target"));
}
