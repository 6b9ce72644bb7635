package schematest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// batch keeps a command line short enough for every system.
const batch = 500

// XMLLint validates files with xmllint against one schema and says for each whether it is valid; a file that is not
// well-formed is not. It needs xmllint in PATH. A schema that xmllint cannot compile is an error.
func XMLLint(schemaPath string, files []string) (map[string]bool, error) {
	verdicts := make(map[string]bool, len(files))
	for len(files) > 0 {
		n := min(batch, len(files))
		if err := lint(schemaPath, files[:n], verdicts); err != nil {
			return nil, err
		}
		files = files[n:]
	}
	return verdicts, nil
}

func lint(schemaPath string, files []string, verdicts map[string]bool) error {
	var stderr bytes.Buffer
	cmd := exec.Command("xmllint", append([]string{"--nonet", "--noout", "--schema", schemaPath}, files...)...)
	cmd.Stderr = &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		return err
	}
	for _, f := range files {
		verdicts[f] = false
	}
	lines := bufio.NewScanner(&stderr)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if strings.HasSuffix(line, "failed to compile") {
			return fmt.Errorf("xmllint: %s", line)
		}
		if f, ok := strings.CutSuffix(line, " validates"); ok {
			verdicts[f] = true
		}
	}
	return lines.Err()
}
