// What is dropped, chosen or pasted, as files with the path that they have in their folder.

/** Returns the files of *list*. */
export function chosen(list: FileList | null): File[] {
  return Array.from(list ?? []);
}

/** Returns the files that are dropped, in folders and their folders too, by path. */
export async function dropped(data: DataTransfer): Promise<File[]> {
  const entries = Array.from(data.items, (item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.every((entry) => entry === null)) return chosen(data.files);
  const found = await Promise.all(entries.map((entry) => (entry ? within(entry, "") : [])));
  const path = (file: File) => file.webkitRelativePath || file.name;
  return found.flat().sort((one, other) => path(one).localeCompare(path(other), "zh-CN", { numeric: true }));
}

async function within(entry: FileSystemEntry, folder: string): Promise<File[]> {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    const file = await new Promise<File>((have, fail) => (entry as FileSystemFileEntry).file(have, fail));
    return [named(file, folder + file.name)];
  }
  const found: File[][] = [];
  for (const one of await listed((entry as FileSystemDirectoryEntry).createReader())) {
    found.push(await within(one, `${folder}${entry.name}/`));
  }
  return found.flat();
}

// A browser gives the entries of a folder a hundred at a time.
async function listed(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((have, fail) => reader.readEntries(have, fail));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

// A file that was dropped in a folder does not know its path there, as one that was chosen does.
function named(file: File, path: string): File {
  if (path !== file.name) Object.defineProperty(file, "webkitRelativePath", { value: path });
  return file;
}
