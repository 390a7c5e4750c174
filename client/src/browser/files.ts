/** Saves a file through the browser's own download. */
export function saveFile(contents: Blob, name: string): void {
  const url = URL.createObjectURL(contents);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Firefox reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Saves an answer of the server under the name that it gives. */
export async function saveResponse(response: Response, fallback: string): Promise<void> {
  saveFile(await response.blob(), nameOf(response.headers.get("content-disposition") ?? "") ?? fallback);
}

/** The name with the letters of every script where there is one (RFC 8187), else the plain one. */
function nameOf(disposition: string): string | undefined {
  const full = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return full ? decodeURIComponent(full) : /filename="([^"]+)"/.exec(disposition)?.[1];
}
