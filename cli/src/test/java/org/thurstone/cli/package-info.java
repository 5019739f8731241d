/** Tests of the front door, and of the house as a whole: which module may see which, and that the documents tell the truth. */
@org.jspecify.annotations.NullMarked
package org.thurstone.cli;
