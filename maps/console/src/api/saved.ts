/** Files that the server makes: fetched so that a failure is told, then given to the browser. */
export interface Fetched {
  name: string;
  blob: Blob;
}

export function save({ name, blob }: Fetched): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
