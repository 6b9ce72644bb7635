package diag

import (
	"regexp"
	"strings"
)

// masked stands where a password stood.
const masked = "…"

var (
	// databaseAddress is how an address of a PostgreSQL begins, also a misspelt one.
	databaseAddress = regexp.MustCompile(`(?i)^\s*(?:[a-z]+:)?postgres\w*\s*[:;=/\\]`)
	// credentials stand between the scheme and the host of an address. A password may
	// hold any character, also @, so all up to the last @ is taken for it.
	credentials      = regexp.MustCompile(`(?i)\b(postgres\w*\s*[:;=/\\]+)\S*@`)
	webCredentials   = regexp.MustCompile(`(?i)\b([a-z][a-z0-9+.-]+://)[^\s/@:]*:\S*@`)
	wholeCredentials = regexp.MustCompile(`(?is)^(\s*[a-z][a-z0-9+.-]*\s*[:;=/\\]+).*@`)
	// addressQuery are the parameters of an address.
	addressQuery = regexp.MustCompile(`(?i)\b(postgres(?:ql)?:[^\s?]*)\?\S*`)
	// bareCredentials are an address without a scheme: user:password@host. A letter, a
	// colon and a slash begin a path of Windows.
	bareCredentials = regexp.MustCompile(`(?s)^(?:([/\\]*[^/\\:@\s]{2,}:).*|([/\\]*[^/\\:@\s]:)[^/\\@].*)@`)
	// bareRest is what stands behind the scheme of a database where no host follows.
	bareRest = regexp.MustCompile(`(?i)^(\s*(?:postgres\w*|pgsql|psql|pgx?)\s*[:;])[^/\\\s][^@]*$`)
	// restAfterPassword is all that follows the first password of a place.
	restAfterPassword = regexp.MustCompile(`(?is)((?:password|passwd|pwd|passfile|\bpass|passphrase|\b_?key|\bsecret|\btoken)["']?\s*[=:]).*`)
	// passwordSetting is a password among the settings of a connection. Where it is
	// not quoted it ends with a space.
	passwordSetting = regexp.MustCompile(`(?i)((?:password|passwd|pwd|passfile|\bpass|passphrase)["']?\s*[=:]\s*)('(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?|\S+)`)
)

// Mask hides passwords in a text that is shown: those of addresses
// (postgres://user:password@host, misspelt or not) with the user before them, and
// those of settings (password=…). It is the only place that does so, and every
// message goes through it.
func Mask(text string) string {
	if !strings.ContainsAny(text, "@=?:") {
		return text
	}
	if databaseAddress.MatchString(text) {
		text = wholeCredentials.ReplaceAllString(text, "$1")
	}
	text = credentials.ReplaceAllString(text, "$1")
	text = webCredentials.ReplaceAllString(text, "$1")
	text = addressQuery.ReplaceAllString(text, "$1")
	return passwordSetting.ReplaceAllString(text, "${1}"+masked)
}

// MaskPlace is Mask for a text that is the place of a database as a whole: it may
// lack the scheme by which Mask knows an address.
func MaskPlace(place string) string {
	place = bareCredentials.ReplaceAllString(Mask(restAfterPassword.ReplaceAllString(place, "${1}"+masked)), "${1}${2}"+masked+"@")
	return bareRest.ReplaceAllString(place, "${1}"+masked)
}
