#!/usr/bin/python3
# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Builds s0node.kicad_pcb from the schematic's netlist: footprints at their places, tracks from the router, ground on
both layers of each side of the barrier, vias that tie them. Run with KiCad's own Python (module pcbnew)."""
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import numpy
import pcbnew

import normalise
from placement import ANTENNA, BARRIER_Y, HEIGHT, PLACES, STRIP_X, WIDTH
from project import is_field_net
from router import GRID, Router
import silk

HERE = os.path.dirname(os.path.abspath(__file__))
BOARD = os.path.dirname(HERE)
FOOTPRINT_DIR = os.environ.get("KICAD9_FOOTPRINT_DIR", "/usr/share/kicad/footprints")
OFFSET_MM = 50.0
GROUNDS = ("GND", "GND_ISO")
WIDE = {"+5V": 0.8, "/Power/VIN": 1.2, "Net-(J51-Pin_1)": 1.2, "+3V3": 0.5, "+12V_ISO": 0.6}


def point(x, y):
    return pcbnew.VECTOR2I(pcbnew.FromMM(x + OFFSET_MM), pcbnew.FromMM(y + OFFSET_MM))


def is_iso(net):
    return net is not None and is_field_net(net)


class Rules:
    """The router's view of the rules; a little above what the design rule check asks for."""

    def width(self, net):
        return WIDE.get(net, 0.4 if is_iso(net) else 0.25)

    def via(self, net):
        return 0.8

    def clearance(self, a, b):
        if is_iso(a) != is_iso(b):
            return 6.2
        return 0.32 if is_iso(a) else 0.26 if (a in WIDE or b in WIDE) else 0.22


def netlist():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "netlist.xml")
        subprocess.run(["kicad-cli", "sch", "export", "netlist", "--format", "kicadxml", "-o", path,
                        os.path.join(BOARD, "s0node.kicad_sch")], check=True, stdout=subprocess.DEVNULL)
        return xml.parse(path).getroot()


def add_footprints(board, root):
    nets = {}
    for net in root.iter("net"):
        item = pcbnew.NETINFO_ITEM(board, net.get("name"))
        board.Add(item)
        for node in net.iter("node"):
            nets[node.get("ref"), node.get("pin")] = item
    for comp in sorted(root.iter("comp"), key=lambda c: c.get("ref")):
        ref = comp.get("ref")
        library, name = comp.findtext("footprint").split(":")
        folder = os.path.join(BOARD, "lib", "metering.pretty") if library == "metering" else f"{FOOTPRINT_DIR}/{library}.pretty"
        footprint = pcbnew.FootprintLoad(folder, name)
        footprint.SetFPID(pcbnew.LIB_ID(library, name))
        footprint.SetReference(ref)
        footprint.SetValue(comp.findtext("value"))
        path = comp.find("sheetpath").get("tstamps") + comp.findtext("tstamps").split()[0]
        footprint.SetPath(pcbnew.KIID_PATH(path))
        footprint.SetSheetname(comp.find("sheetpath").get("names"))
        for field in comp.iter("field"):
            if field.get("name") not in ("Footprint", "Datasheet", "Description"):
                footprint.SetField(field.get("name"), field.text or "")
                footprint.GetFieldByName(field.get("name")).SetVisible(False)
        footprint.SetField("Description", comp.findtext("description") or "")
        board.Add(footprint)
        x, y, angle = PLACES[ref]
        footprint.SetPosition(point(x, y))
        footprint.SetOrientationDegrees(angle)
        for pad in footprint.Pads():
            net = nets.get((ref, pad.GetNumber()))
            if net is not None:
                pad.SetNet(net)
        if any(p.get("name") == "exclude_from_bom" for p in comp.iter("property")):
            footprint.SetExcludedFromBOM(True)
        silk.dress(footprint)


def outline(board):
    shape = pcbnew.PCB_SHAPE(board, pcbnew.SHAPE_T_RECT)
    shape.SetLayer(pcbnew.Edge_Cuts)
    shape.SetStart(point(0, 0))
    shape.SetEnd(point(WIDTH, HEIGHT))
    shape.SetWidth(pcbnew.FromMM(0.1))
    board.Add(shape)


def zone(board, net, layers, x1, y1, x2, y2, name, keepout=False):
    item = pcbnew.ZONE(board)
    item.SetLayerSet(layers)
    item.SetZoneName(name)
    chain = pcbnew.SHAPE_LINE_CHAIN()
    for x, y in ((x1, y1), (x2, y1), (x2, y2), (x1, y2)):
        chain.Append(point(x, y))
    chain.SetClosed(True)
    item.AddPolygon(chain)
    if keepout:
        item.SetIsRuleArea(True)
        item.SetDoNotAllowCopperPour(True)
        item.SetDoNotAllowTracks(True)
        item.SetDoNotAllowVias(True)
        item.SetDoNotAllowPads(False)
        item.SetDoNotAllowFootprints(False)
    else:
        item.SetNet(net)
        item.SetLocalClearance(pcbnew.FromMM(0.3))
        item.SetMinThickness(pcbnew.FromMM(0.25))
        item.SetThermalReliefGap(pcbnew.FromMM(0.3))
        item.SetThermalReliefSpokeWidth(pcbnew.FromMM(0.5))
        item.SetIslandRemovalMode(pcbnew.ISLAND_REMOVAL_MODE_ALWAYS)
    board.Add(item)


def pad_shape(pad):
    box = pad.GetBoundingBox()
    x, y = pcbnew.ToMM(pad.GetPosition().x) - OFFSET_MM, pcbnew.ToMM(pad.GetPosition().y) - OFFSET_MM
    hw, hh = pcbnew.ToMM(box.GetWidth()) / 2, pcbnew.ToMM(box.GetHeight()) / 2
    is_round = pad.GetShape() in (pcbnew.PAD_SHAPE_CIRCLE, pcbnew.PAD_SHAPE_OVAL)
    return x, y, hw, hh, is_round


def prepare(board):
    router = Router(WIDTH, HEIGHT, Rules(), [ANTENNA])
    for footprint in sorted(board.GetFootprints(), key=lambda f: f.GetReference()):
        for pad in footprint.Pads():
            net = pad.GetNetname() or None
            if pad.GetAttribute() == pcbnew.PAD_ATTRIB_NPTH:
                x, y, hw, hh, _ = pad_shape(pad)
                router.add_pad(None, None, (x, y, hw + 0.3, hh + 0.3, True))
                continue
            through = pad.GetAttribute() == pcbnew.PAD_ATTRIB_PTH
            router.add_pad(net, None if through else 0, pad_shape(pad))
    return router


def order(router):
    """Short nets first: they have the fewest ways to go."""
    def span(net):
        xs = [p.x1 for p in router.pads[net]]
        ys = [p.y1 for p in router.pads[net]]
        return (net in WIDE, len(router.pads[net]) > 6, max(xs) - min(xs) + max(ys) - min(ys), net)
    return sorted((net for net, pads in router.pads.items() if len(pads) > 1 and net not in GROUNDS), key=span)


def ground_stubs(router, net):
    """Each surface-mount pad of a ground gets a via beside it, before anything else can wall it in."""
    for pad in [p for p in router.pads[net] if p.layer is not None]:
        maps = hard, soft, vhard, vsoft = router._maps(net)
        goal = numpy.zeros(hard.shape, bool)
        goal[0] = ~(vhard | vsoft) & ~hard[0]
        path = router._search(router._cells([pad]), goal, maps, False)
        if path is None:
            raise SystemExit(f"router: a pad of {net} at {pad.x1:.2f},{pad.y1:.2f} is walled in")
        _, x, y = path[-1]
        pieces = router._pieces(net, path) + router._pieces(net, [(0, x, y), (1, x, y)])
        router.fixed += pieces
        router.stubs.setdefault(net, []).extend(pieces)


def stitch(router, net, step=5.0):
    """Vias on a grid, where both layers are free, tie the two sides of the ground."""
    top, bottom = (2.0, BARRIER_Y - 5) if net == "GND_ISO" else (BARRIER_Y + 5, HEIGHT - 2)
    _, _, vhard, vsoft = router._maps(net)
    busy = vhard | vsoft
    for piece in router.stubs[net]:
        router._paint([busy, busy], piece, 0.8)
    for row in range(int((bottom - top) / step) + 1):
        for column in range(int((WIDTH - 4) / step) + 1):
            i, j = int(round((2.0 + column * step) / GRID)), int(round((top + row * step) / GRID))
            if not busy[max(0, j - 2):j + 3, max(0, i - 2):i + 3].any():
                router.stubs[net] += router._pieces(net, [(0, i, j), (1, i, j)])


def add_copper(board, router):
    codes = {net.GetNetname(): net for net in board.GetNetInfo().NetsByNetcode().values()}
    for net in sorted(set(router.routes) | set(router.stubs)):
        for piece in router.routes.get(net, []) + router.stubs.get(net, []):
            if piece.layer is None:
                via = pcbnew.PCB_VIA(board)
                via.SetPosition(point(piece.x1, piece.y1))
                via.SetWidth(pcbnew.FromMM(2 * piece.half))
                via.SetDrill(pcbnew.FromMM(0.4))
                via.SetNet(codes[net])
                board.Add(via)
            else:
                track = pcbnew.PCB_TRACK(board)
                track.SetStart(point(piece.x1, piece.y1))
                track.SetEnd(point(piece.x2, piece.y2))
                track.SetWidth(pcbnew.FromMM(2 * piece.half))
                track.SetLayer(pcbnew.B_Cu if piece.layer else pcbnew.F_Cu)
                track.SetNet(codes[net])
                board.Add(track)


def main():
    target = sys.argv[1] if len(sys.argv) > 1 else os.path.join(BOARD, "s0node.kicad_pcb")
    root = netlist()
    board = pcbnew.CreateEmptyBoard()
    title = board.GetTitleBlock()
    title.SetTitle("S0 node: pulse counter and T/RH board")
    title.SetRevision("A")
    title.SetDate("2026-11-22")
    title.SetCompany("Metering")
    title.SetComment(0, "CERN-OHL-W-2.0")
    title.SetComment(1, "Designed and simulated, never built")
    add_footprints(board, root)
    outline(board)
    silk.labels(board, point)
    router = prepare(board)
    for net in GROUNDS:
        ground_stubs(router, net)
    router.route(order(router))
    for net in GROUNDS:
        stitch(router, net)
    add_copper(board, router)
    nets = {net.GetNetname(): net for net in board.GetNetInfo().NetsByNetcode().values()}
    both = pcbnew.LSET()
    both.AddLayer(pcbnew.F_Cu)
    both.AddLayer(pcbnew.B_Cu)
    zone(board, nets["GND_ISO"], both, 0.6, 0.6, WIDTH - 0.6, BARRIER_Y - 3.6, "field ground")
    zone(board, nets["GND"], both, 0.6, BARRIER_Y + 3.2, WIDTH - 0.6, HEIGHT - 0.6, "logic ground")
    zone(board, None, both, *ANTENNA[:2], WIDTH, ANTENNA[3], "antenna", keepout=True)
    # In a folder of its own, with the rules beside it: saving a board rewrites the project file next to it.
    with tempfile.TemporaryDirectory() as folder:
        work = os.path.join(folder, "s0node.kicad_pcb")
        board.SetFileName(work)
        pcbnew.SaveBoard(work, board)
        normalise.rewrite(work)
        for name in ("s0node.kicad_pro", "s0node.kicad_dru"):
            shutil.copy(os.path.join(BOARD, name), folder)
        filled = pcbnew.LoadBoard(work)
        pcbnew.ZONE_FILLER(filled).Fill(filled.Zones())
        pcbnew.SaveBoard(work, filled)
        normalise.rewrite(work)
        shutil.copy(work, target)


if __name__ == "__main__":
    main()
