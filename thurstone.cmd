@echo off
rem The command thurstone, from a clone on Windows. Untested. Builds on first use; to build again, delete dist\target.
setlocal
set "IMAGE=%~dp0dist\target\quick\image"
if not exist "%IMAGE%\bin\thurstone.cmd" (
  echo thurstone: building, a minute or two the first time ... 1>&2
  pushd "%~dp0"
  call mvnw.cmd -q -B -ntp -Pdist -Dquick package 1>&2 || (popd & exit /b 1)
  popd
)
call "%IMAGE%\bin\thurstone.cmd" %*
exit /b %ERRORLEVEL%
