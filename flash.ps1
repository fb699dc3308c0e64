<#
.SYNOPSIS
Gives a board its identity and puts firmware, settings, Wi-Fi and certificates onto it.

.DESCRIPTION
A thin wrapper over `metering provision board` and `metering flash`, which hold all logic and are tested. This script itself
was never run by the project's tests: they have no PowerShell. Read what -DryRun prints before the first board.

.PARAMETER Mac
MAC address of the board, on its label.

.PARAMETER Port
Serial port: COM5, /dev/ttyUSB0.

.PARAMETER Broker
mqtts://HOST[:PORT] or mqtt://HOST[:PORT]. Without it, the board must have been provisioned already.

.PARAMETER Point
Metering point of each pulse input, ch1 first.

.PARAMETER PulseWeight
Wh per pulse of each point (default 10).

.PARAMETER Ssid
Wi-Fi network.

.PARAMETER WifiPasswordFile
File whose first line is the Wi-Fi password.

.PARAMETER Auth
certificate (default) or password.

.PARAMETER Data
Data folder of the collector.

.PARAMETER Target
nanoFramework target of the chip.

.PARAMETER Erase
Erase the whole flash first, unsent samples included.

.PARAMETER Force
Replace the identity of a board that has one.

.PARAMETER DryRun
Print every command and change nothing.

.EXAMPLE
./flash.ps1 -Mac 24:0A:C4:80:4F:F1 -Port COM5 -Broker mqtts://collector.example -Point cooling,lighting -Ssid site -WifiPasswordFile wifi.txt
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Mac,
    [Parameter(Mandatory)] [string] $Port,
    [string] $Broker,
    [string[]] $Point = @(),
    [decimal[]] $PulseWeight = @(),
    [string] $Ssid,
    [string] $WifiPasswordFile,
    [ValidateSet('certificate', 'password')] [string] $Auth = 'certificate',
    [string] $Data = 'metering-data',
    [string] $Target = 'ESP32_REV3',
    [switch] $Erase,
    [switch] $Force,
    [switch] $DryRun
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    [Console]::Error.WriteLine('flash.ps1: dotnet cannot be found. Install the .NET 10 SDK: https://dotnet.microsoft.com/download')
    exit 1
}

function Invoke-Metering([string[]] $Arguments) {
    $all = @('run', '-c', 'Release', '--project', (Join-Path $PSScriptRoot 'collector/Metering.Collector'), '--') + $Arguments
    & dotnet @all
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

if ($Broker) {
    $provision = @('provision', 'board', $Mac, '--broker', $Broker, '--auth', $Auth, '--data', $Data)
    foreach ($id in $Point) { $provision += @('--point', $id) }
    foreach ($wh in $PulseWeight) { $provision += @('--pulse-weight', $wh.ToString([Globalization.CultureInfo]::InvariantCulture)) }
    if ($Ssid) { $provision += @('--ssid', $Ssid) }
    if ($WifiPasswordFile) { $provision += @('--wifi-password-file', $WifiPasswordFile) }
    if ($Force) { $provision += '--force' }
    if ($DryRun) { Write-Output "metering $($provision -join ' ')" } else { Invoke-Metering $provision }
}

$flash = @('flash', $(if ($DryRun) { 'plan' } else { 'run' }), '--board', $Mac, '--port', $Port, '--data', $Data, '--target', $Target, '--source', $PSScriptRoot)
if ($Erase) { $flash += '--erase' }
if ($DryRun -and $Broker) {
    Write-Output "metering $($flash -join ' ')"
    Write-Output '(the flashing commands can be printed once the board is provisioned: run with -DryRun and without -Broker)'
} else {
    Invoke-Metering $flash
}
