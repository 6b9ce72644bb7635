package config

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A path counts from the folder of the file, unless it begins somewhere itself.
func TestPathFrom(t *testing.T) {
	cases := []struct{ folder, path, want string }{
		{"/home/me", "deals.json", "/home/me/deals.json"},
		{"/home/me", "../deals.json", "/home/deals.json"},
		{"/home/me", "/data/deals.json", "/data/deals.json"},
		{".", "/data/deals.json", "/data/deals.json"},
		{".", "crm/deals.json", "crm/deals.json"},
	}
	if runtime.GOOS == "windows" {
		cases = append(cases, []struct{ folder, path, want string }{
			{`C:\Users\me`, "crm/deals.json", "C:/Users/me/crm/deals.json"},
			{`C:\Users\me`, `..\deals.json`, "C:/Users/deals.json"},
			{`C:\Users\me`, `D:\data\deals.json`, "D:/data/deals.json"},
			{`C:\Users\me`, "D:/data/deals.json", "D:/data/deals.json"},
			{`C:\Users\me`, `\data\deals.json`, "C:/data/deals.json"},
			{`C:\Users\me`, "/data/deals.json", "C:/data/deals.json"},
			{`C:\Users\me`, "D:deals.json", "D:deals.json"},
			{`C:\Users\me`, `\\server\share\deals.json`, "//server/share/deals.json"},
			{`\\server\share\me`, `\data\deals.json`, "//server/share/data/deals.json"},
		}...)
	}
	for _, c := range cases {
		assert.Equal(t, c.want, filepath.ToSlash(pathFrom(c.folder, c.path)), "%s from %s", c.path, c.folder)
	}
}
