package outfile

import (
	"slices"
	"strings"
	"unicode"
)

// maxFileName is how many bytes a file's name may have, with its extension and
// room for a temporary one: most file systems take 255.
const maxFileName = 200

// reservedNames cannot be names of files on Windows, whatever their extension.
var reservedNames = strings.Fields(`CON PRN AUX NUL COM1 COM2 COM3 COM4 COM5 COM6 COM7 COM8 COM9 COM¹ COM² COM³
	LPT1 LPT2 LPT3 LPT4 LPT5 LPT6 LPT7 LPT8 LPT9 LPT¹ LPT² LPT³ CONIN$ CONOUT$`)

// FileName makes the name of a file from a document's code: what Windows does
// not allow in a name becomes "_", so that the file can travel by e-mail, and
// no code leads out of the folder. So do invisible characters: one of them turns
// the direction of a text, and shows another name than the file has.
func FileName(code, extension string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`\/:*?"<>|`, r), unicode.In(r, unicode.Cc, unicode.Cf), r == unicode.ReplacementChar:
			return '_'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, code)
	name = strings.TrimRight(strings.TrimSpace(name), ". ")
	name = shortenBytes(name, maxFileName-len("_")-len(extension))
	stem, _, _ := strings.Cut(name, ".")
	if slices.Contains(reservedNames, strings.ToUpper(strings.TrimSpace(stem))) {
		name = "_" + name
	}
	if strings.Trim(name, "._ ") == "" {
		name = "document"
	}
	// A leading dot would hide the file, a leading dash look like a flag.
	if name[0] == '.' || name[0] == '-' {
		name = "_" + name
	}
	return name + extension
}

// shortenBytes cuts a text to so many bytes between two characters.
func shortenBytes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && s[limit]&0xC0 == 0x80 {
		limit--
	}
	return strings.TrimRight(s[:limit], ". ")
}
