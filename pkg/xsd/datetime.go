package xsd

// clock reads the parts of a date or a time; after a wrong part it is not ok.
type clock struct {
	rest []byte
	ok   bool
}

// number reads two digits that give a value from low to high.
func (c *clock) number(low, high int) int {
	const n = 2
	if len(c.rest) < n {
		c.ok = false
		return 0
	}
	value := 0
	for _, b := range c.rest[:n] {
		c.ok = c.ok && '0' <= b && b <= '9'
		value = 10*value + int(b-'0')
	}
	c.ok = c.ok && low <= value && value <= high
	c.rest = c.rest[n:]
	return value
}

func (c *clock) literal(text string) {
	if len(c.rest) < len(text) || string(c.rest[:len(text)]) != text {
		c.ok = false
		return
	}
	c.rest = c.rest[len(text):]
}

// year reads four digits or more, without leading zeros beyond four; there is
// no year 0000. What it gives is enough to tell a leap year.
func (c *clock) year() int {
	if len(c.rest) > 0 && c.rest[0] == '-' {
		c.rest = c.rest[1:]
	}
	rest, digits := skipDigits(c.rest)
	year, zero := 0, true
	for _, b := range c.rest[:digits] {
		year = (10*year + int(b-'0')) % 400
		zero = zero && b == '0'
	}
	c.ok = c.ok && digits >= 4 && !zero && (digits == 4 || c.rest[0] != '0')
	c.rest = rest
	return year
}

var monthDays = [...]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func (c *clock) date() {
	year := c.year()
	c.literal("-")
	month := c.number(1, 12)
	c.literal("-")
	c.day(month, year%4 == 0 && year%100 != 0 || year == 0)
}

// day reads a day of the month.
func (c *clock) day(month int, leap bool) {
	days := 31
	if c.ok {
		days = monthDays[month]
	}
	if month == 2 && leap {
		days++
	}
	c.number(1, days)
}

// time reads hh:mm:ss with a fraction; 24:00:00 is the end of the day.
func (c *clock) time() {
	hour := c.number(0, 24)
	c.literal(":")
	minute := c.number(0, 59)
	c.literal(":")
	second := c.number(0, 59)
	midnight := minute == 0 && second == 0
	if len(c.rest) > 0 && c.rest[0] == '.' {
		rest, digits := skipDigits(c.rest[1:])
		for _, b := range c.rest[1 : 1+digits] {
			midnight = midnight && b == '0'
		}
		c.ok = c.ok && digits > 0
		c.rest = rest
	}
	c.ok = c.ok && (hour < 24 || midnight)
}

// end reads the optional time zone, up to 14 hours, behind which nothing stands.
func (c *clock) end() bool {
	if len(c.rest) == 0 || !c.ok {
		return c.ok
	}
	sign := c.rest[0]
	c.rest = c.rest[1:]
	if sign != 'Z' {
		hour := c.number(0, 14)
		c.literal(":")
		minute := c.number(0, 59)
		c.ok = c.ok && (sign == '+' || sign == '-') && (hour < 14 || minute == 0)
	}
	return c.ok && len(c.rest) == 0
}

func isDate(v []byte) bool {
	c := clock{v, true}
	c.date()
	return c.end()
}

func isTime(v []byte) bool {
	c := clock{v, true}
	c.time()
	return c.end()
}

func isDateTime(v []byte) bool {
	c := clock{v, true}
	c.date()
	c.literal("T")
	c.time()
	return c.end()
}

func isYear(v []byte) bool {
	c := clock{v, true}
	c.year()
	return c.end()
}

func isYearMonth(v []byte) bool {
	c := clock{v, true}
	c.year()
	c.literal("-")
	c.number(1, 12)
	return c.end()
}

func isMonth(v []byte) bool {
	c := clock{v, true}
	c.literal("--")
	c.number(1, 12)
	return c.end()
}

func isMonthDay(v []byte) bool {
	c := clock{v, true}
	c.literal("--")
	month := c.number(1, 12)
	c.literal("-")
	c.day(month, true)
	return c.end()
}

func isDay(v []byte) bool {
	c := clock{v, true}
	c.literal("---")
	c.number(1, 31)
	return c.end()
}
