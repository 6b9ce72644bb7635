package main

import (
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// release is set by the linker for a released binary; a build from source
// knows its version from the build information.
var release = ""

// build is what a binary knows of its own making.
type build struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Time     string `json:"time,omitempty"`
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func newVersion(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:         "version",
		Short:       "version of this binary and what it was built from",
		Args:        arguments(),
		Example:     "  pohoda version\n  pohoda version --json",
		Annotations: exitsWith(exitDone, exitUsage),
		RunE: func(*cobra.Command, []string) error {
			if env.common.json {
				return diag.JSON(env.Stdout, thisBuild())
			}
			return env.print("pohoda " + thisBuild().String())
		},
	}
}

func version() string { return thisBuild().Version }

func thisBuild() build {
	b := build{Version: release, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if b.Version == "" {
		b.Version = info.Main.Version
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			b.Revision = setting.Value
		case "vcs.time":
			b.Time = setting.Value
		case "vcs.modified":
			b.Modified = setting.Value == "true"
		}
	}
	return b
}

// String gives the version, the revision where the version does not hold it, the
// compiler and the platform.
func (b build) String() string {
	text := b.Version
	if revision := b.Revision[:min(12, len(b.Revision))]; !strings.Contains(text, revision) {
		text += " " + revision
	}
	return text + " " + b.Go + " " + b.Platform
}
