/** Tests of the commands, and of the project as a whole: which module may see which, and that the documents tell the truth. */
@org.jspecify.annotations.NullMarked
package org.thurstone.cli;
