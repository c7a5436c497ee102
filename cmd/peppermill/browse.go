package main

import (
	"os/exec"
	"runtime"
)

// browse asks the system to show an address of ours. It is the one process
// that the program ever starts, and only because --open or the bare command
// asked for it; nothing waits for it.
func browse(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait() // so that it leaves no zombie; what it says is nobody's business
	return nil
}
