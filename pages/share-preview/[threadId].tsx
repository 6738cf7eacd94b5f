import type { GetServerSideProps } from "next";
import { prepareDrawn } from "@/components/share/page/drawn";
import { SharedDocument, type SharedDocumentProps } from "@/components/share/page/shared-document";
import { sharePageSource } from "@/lib/http/share-page-source";
import { documentProps, type OfRequest } from "@/lib/http/shared-document-props";

export const config = { unstable_runtimeJS: false };

/** The shared page before it is one, for its owner alone: in the dialog, which the front door lets frame it. */
export const getServerSideProps: GetServerSideProps<SharedDocumentProps> = async ({
  req,
  res,
  params,
  query,
}) => {
  if (req.url?.startsWith("/_next/")) return { notFound: true };
  const { threadId, ...rest } = { ...query, ...params };
  const opened = await sharePageSource().preview(String(threadId), rest, req.headers.cookie ?? "");
  const formulas = await prepareDrawn(opened);
  const request = { req, res } as OfRequest;
  const props = await documentProps(request, { referrer: "no-referrer", status: opened ? 200 : 404 });
  return { props: { ...props, opened, formulas, path: null, pictures: "/api/images", trouble: "" } };
};

export default SharedDocument;
