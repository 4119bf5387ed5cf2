/** The files that were dropped, also those in a dropped folder, but not those in folders below it. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // All of it must be asked for at once: the list is empty after the event.
  const entries = [...transfer.items].map((item) => ({
    folder: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const found = await Promise.all(
    entries.map(async ({ folder, file }) =>
      folder?.isDirectory ? filesOf(folder as FileSystemDirectoryEntry) : file ? [file] : [],
    ),
  );
  return found.flat();
}

async function filesOf(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => {
    folder.createReader().readEntries(resolve, reject);
  });
  return Promise.all(
    entries
      .filter(({ isFile }) => isFile)
      .map(
        async (entry) =>
          new Promise<File>((resolve, reject) => {
            (entry as FileSystemFileEntry).file(resolve, reject);
          }),
      ),
  );
}
