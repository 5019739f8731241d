@echo off
rem The command thurstone, from an archive that has a Java of its own. Untested.
rem
rem   THURSTONE_JAVA_OPTIONS  further options for Java, such as -Xmx8g
rem   THURSTONE_CLASSPATH     jars and directories with methods of your own, separated by semicolons
setlocal
set "ARCHIVE=%~dp0.."
set "JARS=%ARCHIVE%\lib\*"
if defined THURSTONE_CLASSPATH set "JARS=%JARS%;%THURSTONE_CLASSPATH%"
"%ARCHIVE%\runtime\bin\java.exe" -Xlog:disable ^
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ^
  -XX:+UseSerialGC -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 %THURSTONE_JAVA_OPTIONS% ^
  -cp "%JARS%" org.thurstone.cli.Main %*
exit /b %ERRORLEVEL%
