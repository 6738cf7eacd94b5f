import { RequestFailed, request } from "@/lib/client/api";
import { nameOfAddress } from "@/lib/images/name";
import { queueOf } from "@/lib/images/queue";
import type { ImageDetails } from "@/lib/images/schema";
import { ImageRefused, refusedBy } from "./refused";

/** Each holds a request open until the other server has answered ours. */
const inTurn = queueOf(2);

/** POST /api/images/url: the server fetches the picture. Two at a time; further calls wait. Throws ImageRefused. */
export function importImage(address: string): Promise<ImageDetails> {
  return inTurn(async () => {
    try {
      return await request<ImageDetails>("POST", "/api/images/url", { url: address });
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      const { code, details } = error.problem;
      const name = nameOfAddress(address);
      if (code === "offline" || code === "timeout") throw new ImageRefused("upload-failed", name);
      throw refusedBy(name, code, details);
    }
  });
}
