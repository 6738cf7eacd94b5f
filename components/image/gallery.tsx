import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ImagePart } from "@/lib/messages/message";
import { cx } from "../ui/cx";
import { ContextMenu } from "./context-menu";
import { pictureSource } from "./local-pictures";
import { Picture } from "./picture";
import { Viewer, type ViewerPicture } from "./viewer";

/** Largest thumbnails in pixels: of a picture alone, and of one among others. */
const ALONE = { width: 440, height: 300 };
const AMONG = { width: 260, height: 150 };

interface Props {
  images: readonly ImagePart[];
  /** The message that has them, once the server has it: then it can be said what is sent of them again. */
  messageId?: string;
}

/** The pictures of a message; each opens in full, and says what it costs to send it again. */
export function Gallery({ images, messageId }: Props) {
  const t = useTranslations("picture");
  const [shown, setShown] = useState<number | null>(null);
  const box = images.length === 1 ? ALONE : AMONG;
  return (
    <>
      <ul className="flex flex-wrap gap-2">
        {images.map((image, index) => (
          <li
            key={image.imageId}
            className={cx("flex max-w-full flex-col items-start", messageId && "min-w-31")}
          >
            <button
              type="button"
              aria-label={t("open", { name: image.notes?.caption ?? image.name })}
              onClick={() => setShown(index)}
              className="block max-w-full cursor-zoom-in overflow-hidden rounded-md"
            >
              {/* Sizes are in the page before the bytes are, so that nothing jumps. */}
              <Picture
                src={pictureSource(image.imageId)}
                alt=""
                {...fitted(image, box)}
                suppressHydrationWarning
                className={cx(
                  "bg-line object-cover transition-opacity duration-120",
                  image.context === "dropped" && "opacity-40",
                  image.context === "described" && "opacity-70",
                )}
              />
            </button>
            {messageId && <ContextMenu messageId={messageId} image={image} />}
          </li>
        ))}
      </ul>
      <Viewer
        pictures={images.map(pictureOf)}
        index={shown}
        onIndex={setShown}
        captions={Boolean(messageId)}
      />
    </>
  );
}

const pictureOf = ({ imageId, name, width, height, tokens, notes }: ImagePart): ViewerPicture => ({
  id: imageId,
  source: pictureSource(imageId),
  name,
  width,
  height,
  tokens,
  caption: notes?.caption ?? null,
  captionBy: notes?.captionBy ?? null,
});

interface Size {
  width: number;
  height: number;
}

/** The size in which a picture fits into a box, never larger than it is, never thinner than can be pressed. */
function fitted({ width, height }: Size, box: Size): Size {
  const scale = Math.min(1, box.width / width, box.height / height);
  return { width: Math.max(44, Math.round(width * scale)), height: Math.max(44, Math.round(height * scale)) };
}
