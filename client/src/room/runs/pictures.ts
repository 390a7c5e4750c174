import { RUN_LIMITS } from "@whetstone/shared/workspace/run";
import { fromBase64, toBase64 } from "../../base64.ts";

/** No picture is kept wider or higher than this, in pixels; it is halved until it fits. */
const LONGEST = 1_200;
const LEAST = 100;

/** A picture drawn smaller until it can be kept; null where it cannot be unpacked, or stays too large. Takes and gives PNG in base64. */
export async function smallerPicture(png: string): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(new Blob([fromBase64(png).slice()], { type: "image/png" }));
    const { width, height } = bitmap;
    for (let longest = LONGEST; longest >= LEAST; longest /= 2) {
      const scale = Math.min(1, longest / Math.max(width, height));
      const drawn = await draw(bitmap, Math.ceil(width * scale), Math.ceil(height * scale));
      if (drawn.length <= RUN_LIMITS.picture) return drawn;
    }
    return null;
  } catch {
    return null;
  }
}

async function draw(bitmap: ImageBitmap, width: number, height: number): Promise<string> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((drawn) => canvas.toBlob(drawn, "image/png"));
  if (!blob) throw new Error("The picture could not be drawn.");
  return toBase64(new Uint8Array(await blob.arrayBuffer()));
}
