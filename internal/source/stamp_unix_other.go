//go:build unix && !linux

package source

import "syscall"

// changed is left out where the field has another name: the modification time
// and the size remain.
func changed(*syscall.Stat_t) int64 { return 0 }
