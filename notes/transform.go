package notes

import "unicode/utf8"

// Compose returns the one delta that does a and then b.
func Compose(a, b Delta) Delta {
	var out builder
	wa, wb := walker{d: a}, walker{d: b}
	for wa.more() || wb.more() {
		pa, pb := wa.peek(), wb.peek()
		switch {
		case wb.more() && pb.Insert != "":
			out.add(wb.rest())
		case wa.more() && pa.Delete > 0:
			out.add(wa.rest())
		case pa.Insert != "":
			n := min(utf8.RuneCountInString(pa.Insert), pb.span())
			made := wa.take(n)
			if wb.take(n).Keep > 0 {
				out.add(made)
			}
		default:
			n := min(pa.Keep, pb.span())
			wa.take(n)
			out.add(wb.take(n))
		}
	}
	return out.done()
}

// Transform returns d as it must read after other, which was made on the same
// text at the same time. When both insert at one place, the text of the delta
// that the server ordered first stays left: set otherFirst when that is other.
//
// It has the property TP1: for a, b on one text,
// Compose(a, Transform(b, a, true)) = Compose(b, Transform(a, b, false)).
// That is all a server with one order needs (Ressel et al., 1996, CSCW).
func Transform(d, other Delta, otherFirst bool) Delta {
	var out builder
	wd, wo := walker{d: d}, walker{d: other}
	for wd.more() {
		pd, po := wd.peek(), wo.peek()
		switch {
		case po.Insert != "" && (otherFirst || pd.Insert == ""):
			out.add(Part{Keep: utf8.RuneCountInString(po.Insert)})
			wo.rest()
		case pd.Insert != "":
			out.add(wd.rest())
		default:
			n := min(pd.span(), po.span())
			kept := wd.take(n)
			if wo.take(n).Delete == 0 {
				out.add(kept)
			}
		}
	}
	return out.done()
}
