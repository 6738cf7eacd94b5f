import type { GetServerSideProps } from "next";
import { prepareDrawn } from "@/components/share/page/drawn";
import { SharedDocument, type SharedDocumentProps } from "@/components/share/page/shared-document";
import { sharePageSource } from "@/lib/http/share-page-source";
import { documentProps, type OfRequest } from "@/lib/http/shared-document-props";

export const config = { unstable_runtimeJS: false };

/** One's own conversation, whole, on a page that prints well; for its owner alone. */
export const getServerSideProps: GetServerSideProps<SharedDocumentProps> = async ({ req, res, params }) => {
  if (req.url?.startsWith("/_next/")) return { notFound: true };
  const opened = await sharePageSource().printed(String(params?.threadId), req.headers.cookie ?? "");
  const formulas = await prepareDrawn(opened);
  const request = { req, res } as OfRequest;
  const props = await documentProps(request, { referrer: "no-referrer", status: opened ? 200 : 404 });
  return {
    props: { ...props, opened, formulas, path: null, pictures: "/api/images", trouble: "", own: true },
  };
};

export default SharedDocument;
