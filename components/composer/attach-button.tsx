import { Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { DOCUMENT_FILE_TYPES } from "@/lib/client/documents/files";
import { IMAGE_FILE_TYPES } from "@/lib/client/images/files";
import { expectImage } from "@/lib/client/images/prepare";
import { IconButton } from "../ui/button";

/** Chooses pictures and documents with the system's dialog; on a phone also takes them. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const t = useTranslations("composer");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={`${IMAGE_FILE_TYPES},${DOCUMENT_FILE_TYPES}`}
        multiple
        hidden
        aria-label={t("attach")}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // Else choosing the same file again would be no change.
          currentTarget.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
      <IconButton
        label={t("attach")}
        className="text-muted hover:text-ink"
        onClick={() => {
          input.current?.click();
          expectImage();
        }}
      >
        <Paperclip size={18} aria-hidden="true" />
      </IconButton>
    </>
  );
}
