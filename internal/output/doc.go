// Package output is the hands of Peppermill: the only room that writes a site
// folder.
//
// In goes a [Tree]: the address of every output file with a function that opens
// it, a fingerprint of all inputs and a few counts. Out comes a folder that holds
// exactly these files beside whatever else its owner keeps there, and [Changes],
// which say what was done. [Fresh] is the quick question before all that: is the
// folder already the result of these inputs?
//
// How [Sync] works, in its order:
//
//  1. Refuse what cannot be right: two files with one address, a path that could
//     leave the folder, a destination that would bury somebody's own files.
//  2. Take the lock (.peppermill.lock) and read the manifest (.peppermill.json),
//     which lists the files that an earlier run wrote, with their sums.
//  3. Stage: every file that may have changed is rendered into the hidden folder
//     .peppermill-stage. Nothing that a reader of the site can see has changed
//     so far, and an error, a full disk or a Ctrl-C here leaves it that way.
//  4. Publish: write a pending manifest that covers old and new files, rename
//     each staged file over its target, remove what is stale and, last, rename
//     the new manifest into place. The new manifest is staged too, so this step
//     writes no data: it only renames and removes. A kill in the middle leaves
//     every file old or new, never torn, and the next Sync heals it.
//
// A rename is atomic for everybody who reads the folder. It is not durable: after
// a power cut the file system may forget recent renames or contents, and the next
// build repairs that. [Options.Durable] adds an fsync of each file and folder.
//
// Files are created as 0644 and folders as 0755, less the umask. File times are
// never set and never stored.
//
// What it never does: read content, know what a page is, follow a symbolic link
// below the output folder, delete or replace a file that the manifest does not
// list (but see [Options.Overwrite]), or touch a file whose bytes are already
// right.
//
// Start reading at [Sync] in sync.go, then plan.go and publish.go.
package output
